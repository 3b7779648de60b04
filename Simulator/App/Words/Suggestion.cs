namespace WhatsAppBuffer.Simulator.App.Words;

/// <summary>What somebody who mistyped a word may have meant.</summary>
internal static class Suggestion
{
    /// <summary><c>; did you mean 'text'?</c>, or nothing when no word is near.</summary>
    /// <param name="word">What was typed.</param>
    /// <param name="words">What there is.</param>
    public static string For(string word, IEnumerable<string> words) => Nearest(word, words) is { } nearest ? $"; did you mean '{nearest}'?" : "";

    /// <summary>The nearest of the words, at most a third of the letters away; null when none is.</summary>
    public static string? Nearest(string word, IEnumerable<string> words) => words
        .Select(candidate => (Word: candidate, Distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
        .Where(candidate => candidate.Distance <= Math.Max(1, candidate.Word.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Select(candidate => candidate.Word)
        .FirstOrDefault();

    /// <summary>How many letters were left out, added, replaced, or swapped with their neighbour (optimal string alignment).</summary>
    private static int Distance(string one, string other)
    {
        int[,] steps = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    steps[i, j] = i + j;
                    continue;
                }

                int replaced = steps[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                steps[i, j] = Math.Min(replaced, 1 + Math.Min(steps[i - 1, j], steps[i, j - 1]));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    steps[i, j] = Math.Min(steps[i, j], steps[i - 2, j - 2] + 1);
                }
            }
        }

        return steps[one.Length, other.Length];
    }
}
