namespace LocalAws.DynamoDb.Values;

/// <summary>The data types, named as in <c>{"S": "…"}</c>.</summary>
internal enum AttributeType
{
    S,
    N,
    B,
    SS,
    NS,
    BS,
    M,
    L,
    BOOL,
    NULL,
}
