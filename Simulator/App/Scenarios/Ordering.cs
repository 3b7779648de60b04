namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>Tells what is in order from the few that are not.</summary>
internal static class Ordering
{
    /// <summary>Positions of a longest rising subsequence: what is not in it is out of order.</summary>
    /// <param name="values">All different.</param>
    public static IReadOnlyList<int> LongestRising(IReadOnlyList<int> values)
    {
        // tails[n] is where the rising subsequence of n + 1 values with the lowest end ends; before[i] is what comes before position i in its own.
        var tails = new List<int>();
        int[] before = new int[values.Count];
        for (int i = 0; i < values.Count; i++)
        {
            int longer = tails.FindIndex(tail => values[tail] > values[i]);
            int length = longer < 0 ? tails.Count : longer;
            before[i] = length == 0 ? -1 : tails[length - 1];
            if (length == tails.Count)
            {
                tails.Add(i);
            }
            else
            {
                tails[length] = i;
            }
        }

        var rising = new List<int>();
        for (int i = tails.Count == 0 ? -1 : tails[^1]; i >= 0; i = before[i])
        {
            rising.Insert(0, i);
        }

        return rising;
    }
}
