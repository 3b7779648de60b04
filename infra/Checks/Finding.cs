namespace WhatsAppBuffer.Infra.Checks;

/// <summary>How a thing is.</summary>
internal enum Health
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Missing or wrong: no message comes through, or nobody would hear of it.</summary>
    Missing,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}

/// <summary>What a check found.</summary>
/// <param name="What">What was looked at.</param>
/// <param name="Health">How it is.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Mend">The step that mends it; null where there is nothing to mend.</param>
internal sealed record Finding(string What, Health Health, string Detail, string? Mend = null)
{
    public override string ToString() =>
        $"{(Health switch { Health.Good => "ok     ", Health.Missing => "MISSING", _ => "unknown" })}  {What}: {Detail}{(Mend is null ? "" : $"{Environment.NewLine}           → {Mend}")}";
}
