using System.Text;

namespace WhatsAppBuffer.Simulator.App.Customers;

/// <summary>WhatsApp message ids: <c>wamid.</c> and base64 of the sender and a random part.</summary>
internal static class MessageId
{
    public static string New(string sender) =>
        $"wamid.{Convert.ToBase64String([.. Encoding.UTF8.GetBytes(sender), .. Guid.NewGuid().ToByteArray()])}";
}
