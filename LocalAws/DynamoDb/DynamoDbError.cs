using LocalAws.Endpoint;

namespace LocalAws.DynamoDb;

/// <summary>The errors of DynamoDB, with its own codes and wording.</summary>
internal static class DynamoDbError
{
    public const string ValidationCode = "ValidationException";
    public const string SerializationCode = "SerializationException";

    private const string InvalidParameters = "One or more parameter values were invalid: ";

    public static AwsException Validation(string message) => new(ValidationCode, message);

    public static AwsException InvalidParameter(string message) => new(ValidationCode, InvalidParameters + message);

    public static AwsException Serialization(string message) => new(SerializationCode, message);

    public static AwsException ConditionalCheckFailed() => new("ConditionalCheckFailedException", "The conditional request failed");

    public static AwsException ResourceNotFound(string message = "Requested resource not found") => new("ResourceNotFoundException", message);

    public static AwsException TableNotFound(string table) => ResourceNotFound($"Requested resource not found: Table: {table} not found");

    public static AwsException ResourceInUse(string message) => new("ResourceInUseException", message);

    /// <summary>What this local cloud does not imitate is refused by name: never accepted and ignored.</summary>
    public static AwsException NotImitated(string operation, string member, string instead) =>
        Validation($"This local cloud does not imitate {member} of {operation}. {instead}");
}
