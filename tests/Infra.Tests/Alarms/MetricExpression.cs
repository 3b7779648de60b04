using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Tests.Alarms;

/// <summary>
/// The part of CloudWatch's metric math that alarms use, over points of one period, oldest first, null where there is none: <c>IF</c>, <c>FILL</c>, <c>DIFF</c>, arithmetic, comparison,
/// AND, OR (CloudWatch user guide, "Using metric math"). A point that needs a missing one is missing.
/// </summary>
internal sealed partial class MetricExpression
{
    private readonly string[] _tokens;
    private readonly Func<string, double?[]> _metric;
    private readonly int _length;
    private int _at;

    private MetricExpression(string text, int length, Func<string, double?[]> metric) =>
        (_tokens, _length, _metric) = ([.. Token().Matches(text).Select(match => match.Value)], length, metric);

    /// <param name="text">The expression.</param>
    /// <param name="length">How many points.</param>
    /// <param name="metric">The points of a metric, by its id.</param>
    public static double?[] Evaluate(string text, int length, Func<string, double?[]> metric)
    {
        var expression = new MetricExpression(text, length, metric);
        double?[] result = expression.Or();
        Assert.True(expression._at == expression._tokens.Length, $"'{text}': {expression.Next} is not understood.");
        return result;
    }

    private string Next => _at < _tokens.Length ? _tokens[_at] : "";

    private double?[] Or() => Binary(And, ("OR", (a, b) => a != 0 || b != 0 ? 1 : 0));

    private double?[] And() => Binary(Comparison, ("AND", (a, b) => a != 0 && b != 0 ? 1 : 0));

    private double?[] Comparison() => Binary(Sum, (">", (a, b) => a > b ? 1 : 0), ("<", (a, b) => a < b ? 1 : 0), ("==", (a, b) => a == b ? 1 : 0));

    private double?[] Sum() => Binary(Product, ("+", (a, b) => a + b), ("-", (a, b) => a - b));

    private double?[] Product() => Binary(Single, ("*", (a, b) => a * b), ("/", (a, b) => a / b));

    private double?[] Binary(Func<double?[]> part, params (string Name, Func<double, double, double> Of)[] operators)
    {
        double?[] left = part();
        while (operators.FirstOrDefault(found => found.Name == Next) is { Of: { } of })
        {
            _at++;
            double?[] right = part();
            left = [.. left.Zip(right, (a, b) => a is { } x && b is { } y ? of(x, y) : (double?)null)];
        }

        return left;
    }

    private double?[] Single()
    {
        string token = _tokens[_at++];
        if (token == "(")
        {
            return Closed(Or());
        }

        if (double.TryParse(token, CultureInfo.InvariantCulture, out double number))
        {
            return [.. Enumerable.Repeat<double?>(number, _length)];
        }

        if (Next != "(")
        {
            return _metric(token);
        }

        _at++;
        double?[] first = Or();
        switch (token)
        {
            case "DIFF":
                return Closed([null, .. first.Zip(first.Skip(1), (before, now) => now - before)]);
            case "FILL":
                double?[] filling = Argument();
                return Closed([.. first.Zip(filling, (value, fill) => value ?? fill)]);
            case "IF":
                double?[] then = Argument(), otherwise = Argument();
                return Closed([.. first.Select((condition, i) => condition is null ? null : condition != 0 ? then[i] : otherwise[i])]);
            default:
                throw new NotSupportedException(token);
        }
    }

    private double?[] Argument()
    {
        Assert.Equal(",", Next);
        _at++;
        return Or();
    }

    private double?[] Closed(double?[] value)
    {
        Assert.Equal(")", Next);
        _at++;
        return value;
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9_]*|\d+(\.\d+)?|==|[-+*/><(),]")]
    private static partial Regex Token();
}
