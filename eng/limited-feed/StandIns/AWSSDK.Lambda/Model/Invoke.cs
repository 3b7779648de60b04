using System.Text;
using Amazon.Runtime;

namespace Amazon.Lambda.Model;

public partial class InvokeRequest : AmazonLambdaRequest
{
    public string FunctionName { get; set; }
    public InvocationType InvocationType { get; set; }
    public LogType LogType { get; set; }
    public string ClientContextBase64 { get; set; }

    /// <summary>The text behind <see cref="ClientContextBase64"/>.</summary>
    public string ClientContext
    {
        get => ClientContextBase64 is null ? null : Encoding.UTF8.GetString(Convert.FromBase64String(ClientContextBase64));
        set => ClientContextBase64 = value is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(value));
    }

    public MemoryStream PayloadStream { get; set; }

    /// <summary>The text behind <see cref="PayloadStream"/>, which is rewound by reading.</summary>
    public string Payload
    {
        get
        {
            if (PayloadStream is null)
            {
                return null;
            }

            PayloadStream.Position = 0;
            return Encoding.UTF8.GetString(PayloadStream.ToArray());
        }

        set => PayloadStream = value is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(value));
    }

    public string Qualifier { get; set; }
    public string DurableExecutionName { get; set; }
    public string TenantId { get; set; }
}

public partial class InvokeResponse : AmazonWebServiceResponse
{
    public int? StatusCode { get; set; }
    public string FunctionError { get; set; }
    public string LogResult { get; set; }
    public MemoryStream Payload { get; set; }
    public string ExecutedVersion { get; set; }
    public string DurableExecutionArn { get; set; }
}
