namespace WhatsAppBuffer.AppHost.Choices;

/// <summary>Where DynamoDB is; the simulator calls them by the same names.</summary>
internal enum StorageKind
{
    /// <summary><c>embedded</c>: in the simulator.</summary>
    Embedded,

    /// <summary><c>dynamodb-local</c>: Amazon's DynamoDB Local in a container.</summary>
    DynamoDbLocal,

    /// <summary><c>localstack</c>: LocalStack in a container.</summary>
    LocalStack,

    /// <summary><c>aws</c>: the developer's own account.</summary>
    Aws,
}

/// <summary>Who runs the functions.</summary>
internal enum LambdaKind
{
    /// <summary><c>attached</c>: projects of this AppHost that take their work from the simulator, with breakpoints.</summary>
    Attached,

    /// <summary><c>simulator</c>: processes of the simulator, several at once as on AWS: cold starts, kills, chaos.</summary>
    Simulator,

    /// <summary><c>emulator</c>: projects of this AppHost under the AWS Lambda Test Tool, for its page; not on every package feed.</summary>
    Emulator,
}
