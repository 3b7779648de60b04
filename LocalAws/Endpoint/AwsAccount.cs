namespace LocalAws.Endpoint;

/// <summary>The one account and region that a local cloud plays; every ARN it mints names them.</summary>
/// <param name="Id">Twelve digits.</param>
/// <param name="Region">A region name, such as <c>us-east-1</c>.</param>
public sealed record AwsAccount(string Id = "123456789012", string Region = "us-east-1")
{
    /// <summary>Builds <c>arn:aws:{service}:{region}:{account}:{resource}</c>.</summary>
    /// <param name="service">The service part, such as <c>sns</c>.</param>
    /// <param name="resource">The resource part, such as <c>table/raw_messages</c>.</param>
    public string Arn(string service, string resource) => $"arn:aws:{service}:{Region}:{Id}:{resource}";
}
