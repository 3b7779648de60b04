using System.Text.RegularExpressions;

namespace WhatsAppBuffer.Conformance;

/// <summary>Two answers that may stand beside each other: here DynamoDB Local is not what AWS is.</summary>
/// <param name="Embedded">Ours, as AWS answers; <c>*</c> stands for any text.</param>
/// <param name="DynamoDbLocal">Its own, likewise.</param>
/// <param name="Example">A request that brings both about, on the items of <see cref="AcceptedDifferenceTests"/>.</param>
internal sealed record AcceptedDifference(string Embedded, string DynamoDbLocal, string Example)
{
    public bool Covers(string embedded, string dynamoDbLocal) => Matches(Embedded, embedded) && Matches(DynamoDbLocal, dynamoDbLocal);

    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline);
}

/// <summary>Differences that have one reason.</summary>
/// <param name="Reason">Why they are accepted.</param>
/// <param name="Source">Where it is known from what AWS does.</param>
/// <param name="Differences">The differences.</param>
internal sealed record AcceptedDifferenceGroup(string Reason, string Source, IReadOnlyList<AcceptedDifference> Differences);
