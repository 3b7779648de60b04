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

    public string PhoneNumberArn(AwsAccount account) => account.Arn("social-messaging", $"phone-number-id/{AwsId}");

    public string WabaArn(AwsAccount account) => account.Arn("social-messaging", $"waba/{AwsId}");
}
