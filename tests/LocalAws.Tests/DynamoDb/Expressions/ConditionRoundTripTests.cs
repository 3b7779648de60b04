using FsCheck;
using FsCheck.Fluent;
using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Expressions;

public sealed class ConditionRoundTripTests
{
    private static readonly string[] Comparators = ["=", "<>", "<", "<=", ">", ">="];

    /// <summary>Conditions over a few paths and values, up to four levels deep.</summary>
    internal static class Conditions
    {
        public static Arbitrary<Condition> Arbitrary() => Deep(3).ToArbitrary();

        private static Gen<Condition> Deep(int levels) => levels == 0
            ? Leaf()
            : Gen.OneOf(
                Leaf(),
                Deep(levels - 1).Zip(Deep(levels - 1), Condition (l, r) => new AndCondition(l, r)),
                Deep(levels - 1).Zip(Deep(levels - 1), Condition (l, r) => new OrCondition(l, r)),
                Deep(levels - 1).Select(Condition (c) => new NotCondition(c)));

        private static Gen<Condition> Leaf() => Gen.OneOf(
            Gen.Elements(Comparators).SelectMany(_ => Paths(), (op, path) => (op, path)).SelectMany(_ => Values(), Condition (x, v) => new Comparison(x.op, x.path, v)),
            Paths().Zip(Values(), Condition (path, v) => new BetweenCondition(path, v, v)),
            Paths().Zip(Values(), Condition (path, v) => new InCondition(path, [v, v])),
            Paths().Select(Condition (path) => new FunctionCondition(new FunctionCall("attribute_exists", [path]))),
            Paths().Zip(Values(), Condition (path, v) => new Comparison("<", new FunctionCall("size", [path]), v)));

        private static Gen<Operand> Paths() => Gen.Elements("a1", "b1", "c1").Zip(Gen.Choose(0, 2), Operand (name, kind) => new PathOperand(new DocumentPath(kind switch
        {
            0 => [new PathElement(name)],
            1 => [new PathElement(name), new PathElement("d1")],
            _ => [new PathElement(name), new PathElement(null, 3)],
        })));

        private static Gen<Operand> Values() => Gen.Choose(0, 3).Select(Operand (n) => new ValueOperand(new NumberValue(DynamoNumber.From(n))));
    }

    [Fact]
    public void Parsing_what_was_printed_gives_the_same_condition() =>
        Prop.ForAll(Conditions.Arbitrary(), condition =>
        {
            string text = Print(condition);
            return Print(ConditionParser.Parse("ConditionExpression", text, Placeholders())) == text;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Not_turns_a_condition_around() =>
        Prop.ForAll(Conditions.Arbitrary(), condition =>
        {
            var item = new AttributeMap(new() { ["a1"] = new NumberValue(DynamoNumber.From(1)), ["b1"] = new StringValue("text") });
            Condition negated = ConditionParser.Parse("ConditionExpression", $"NOT ({Print(condition)})", Placeholders());
            return negated.IsMet(item) != condition.IsMet(item);
        }).QuickCheckThrowOnFailure();

    private static Placeholders Placeholders() => new(null, new UncheckedAttributes(
        new AttributeMap(Enumerable.Range(0, 4).ToDictionary(n => $":v{n}", AttributeValue (n) => new NumberValue(DynamoNumber.From(n)))), null, null));

    private static string Print(Condition condition) => condition switch
    {
        AndCondition and => $"{Inner(and.Left)} AND {Inner(and.Right)}",
        OrCondition or => $"{Inner(or.Left)} OR {Inner(or.Right)}",
        NotCondition not => $"NOT {Inner(not.Inner)}",
        Comparison c => $"{Print(c.Left)} {c.Operator} {Print(c.Right)}",
        BetweenCondition b => $"{Print(b.Value)} BETWEEN {Print(b.Lower)} AND {Print(b.Upper)}",
        InCondition i => $"{Print(i.Value)} IN ({string.Join(", ", i.Candidates.Select(Print))})",
        FunctionCondition f => Print(f.Call),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    private static string Inner(Condition condition) =>
        condition is AndCondition or OrCondition or NotCondition ? $"({Print(condition)})" : Print(condition);

    private static string Print(Operand operand) => operand switch
    {
        PathOperand path => path.Path.Head + string.Concat(path.Path.Elements.Skip(1).Select(e => e.Name is null ? e.ToString() : "." + e.Name)),
        ValueOperand { Value: NumberValue number } => $":v{number.Number}",
        FunctionCall call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Print))})",
        _ => throw new ArgumentOutOfRangeException(nameof(operand)),
    };
}
