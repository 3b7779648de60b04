using LocalAws.Endpoint;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>A WhatsApp number of the business, as End User Messaging Social knows it.</summary>
/// <param name="WabaId">Meta's id of the WhatsApp Business Account.</param>
/// <param name="PhoneNumberId">Meta's id of the number.</param>
/// <param name="DisplayPhoneNumber">The number, digits only.</param>
/// <param name="AwsId">The hexadecimal id in AWS's ARNs.</param>
internal sealed record BusinessNumber(string WabaId, string PhoneNumberId, string DisplayPhoneNumber, string AwsId)
{
    public static BusinessNumber Default { get; } = new("509609192225796", "503650672828631", "56227607895", "976c72a700aac43eaf573ae050a11ce5");

    /// <summary>The numbers of the simulator's business.</summary>
    public static IReadOnlyList<BusinessNumber> All { get; } = [Default, new("509609192225796", "503650672828642", "56227607896", "976c72a700aac43eaf573ae050a11ce6")];

    /// <summary>The number that a customer writes to.</summary>
    /// <param name="displayPhoneNumber">Digits; null = the default.</param>
    /// <exception cref="ArgumentException">The business has no such number.</exception>
    public static BusinessNumber Of(string? displayPhoneNumber) => displayPhoneNumber is null
        ? Default
        : All.FirstOrDefault(number => number.DisplayPhoneNumber == displayPhoneNumber)
            ?? throw new ArgumentException($"'number' is {displayPhoneNumber}; the business has {string.Join(" and ", All.Select(number => number.DisplayPhoneNumber))}.");

    /// <summary>The number that functions know by <c>phone-number-id-…</c>; the default for any other text.</summary>
    public static BusinessNumber OfSystem(string? systemNumber) =>
        All.FirstOrDefault(number => systemNumber?.EndsWith(number.AwsId, StringComparison.Ordinal) is true) ?? Default;

    public string PhoneNumberArn(AwsAccount account) => account.Arn("social-messaging", $"phone-number-id/{AwsId}");

    public string WabaArn(AwsAccount account) => account.Arn("social-messaging", $"waba/{AwsId}");
}
