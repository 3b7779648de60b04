using LocalAws.DynamoDb.Values;

namespace LocalAws.DynamoDb.Tables;

/// <summary>One key attribute: its name and its type (S, N or B).</summary>
internal sealed record KeyAttribute(string Name, AttributeType Type);

/// <summary>The key of a table or index.</summary>
/// <param name="Hash">The partition key.</param>
/// <param name="Range">The sort key, or null.</param>
internal sealed record KeySchema(KeyAttribute Hash, KeyAttribute? Range)
{
    public IEnumerable<KeyAttribute> Attributes => Range is null ? [Hash] : [Hash, Range];

    public IEnumerable<string> Names => Attributes.Select(a => a.Name);

    public AttributeMap KeyOf(AttributeMap item) => item.Only(Names);
}

/// <summary>Checks keys and items against a schema, with DynamoDB's words.</summary>
internal static class KeyCheck
{
    public const string NoMatch = "The provided key element does not match the schema";

    /// <summary>How refusals of empty key values begin.</summary>
    public const string NotValid = "One or more parameter values are not valid. ";

    private const int MaxHashBytes = 2048;
    private const int MaxRangeBytes = 1024;

    /// <summary>Checks the key of a GetItem, UpdateItem or DeleteItem.</summary>
    public static void CheckKey(KeySchema schema, AttributeMap key)
    {
        if (key.Count != schema.Attributes.Count() || schema.Attributes.Any(a => key[a.Name]?.Type != a.Type))
        {
            throw DynamoDbError.Validation(NoMatch);
        }

        foreach (KeyAttribute attribute in schema.Attributes)
        {
            CheckLength(attribute, key[attribute.Name]!, attribute == schema.Hash, NotValid);
        }
    }

    /// <summary>Checks the key attributes within the item of a PutItem.</summary>
    public static void CheckItem(KeySchema schema, AttributeMap item)
    {
        foreach (KeyAttribute attribute in schema.Attributes)
        {
            if (!item.TryGetValue(attribute.Name, out AttributeValue? value))
            {
                throw DynamoDbError.InvalidParameter($"Missing the key {attribute.Name} in the item");
            }

            if (value.Type != attribute.Type)
            {
                throw DynamoDbError.InvalidParameter($"Type mismatch for key {attribute.Name} expected: {attribute.Type} actual: {value.Type}");
            }

            CheckLength(attribute, value, attribute == schema.Hash, NotValid);
        }
    }

    /// <summary>Checks the attributes that are keys of an index, as far as the item has them.</summary>
    public static void CheckIndexKeys(IndexDescription index, AttributeMap item)
    {
        foreach (KeyAttribute attribute in index.Keys.Attributes)
        {
            if (!item.TryGetValue(attribute.Name, out AttributeValue? value))
            {
                continue;
            }

            if (value.Type != attribute.Type)
            {
                throw DynamoDbError.InvalidParameter(
                    $"Type mismatch for Index Key {attribute.Name} Expected: {attribute.Type} Actual: {value.Type} IndexName: {index.IndexName}");
            }

            if (value.Length == 0)
            {
                throw DynamoDbError.Validation(
                    $"{NotValid}A value specified for a secondary index key is not supported. "
                    + $"The AttributeValue for a key attribute cannot contain an empty {Noun(attribute)} value. IndexName: {index.IndexName}, IndexKey: {attribute.Name}");
            }

            CheckLength(attribute, value, attribute == index.Keys.Hash, "");
        }
    }

    private static void CheckLength(KeyAttribute attribute, AttributeValue value, bool isHash, string emptyPrefix)
    {
        switch (value.Length)
        {
            case 0:
                throw DynamoDbError.Validation($"{emptyPrefix}The AttributeValue for a key attribute cannot contain an empty {Noun(attribute)} value. Key: {attribute.Name}");
            case > MaxHashBytes when isHash:
                throw DynamoDbError.InvalidParameter("Size of hashkey has exceeded the maximum size limit of2048 bytes");
            case > MaxRangeBytes when !isHash:
                throw DynamoDbError.InvalidParameter("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }
    }

    private static string Noun(KeyAttribute attribute) => attribute.Type == AttributeType.S ? "string" : "binary";
}
