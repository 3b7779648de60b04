namespace LocalAws.DynamoDb.Expressions;

/// <summary>Parses ProjectionExpression.</summary>
internal sealed class ProjectionParser : ExpressionParser
{
    private ProjectionParser(string text, Placeholders placeholders)
        : base("ProjectionExpression", text, placeholders, new ExpressionProblems())
    {
    }

    /// <exception cref="Endpoint.AwsException"><c>ValidationException</c>: the expression is wrong.</exception>
    public static Projection Parse(string text, Placeholders placeholders)
    {
        var parser = new ProjectionParser(text, placeholders);
        var paths = new PathSet();
        do
        {
            if (paths.Add(parser.ParsePath(reservedRank: 0, undefinedRank: 1)) is { } clash)
            {
                parser.Problems.Report(clash.Overlap ? 3 : 4, clash.Message);
            }
        }
        while (parser.TakeSymbol(","));
        parser.Finish();
        return new Projection(paths.Paths);
    }

    protected override int TooDeepRank => 2;

    protected override bool IsGrammarWord(Token token) => false;
}
