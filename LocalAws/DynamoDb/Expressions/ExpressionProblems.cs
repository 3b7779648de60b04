namespace LocalAws.DynamoDb.Expressions;

/// <summary>What is wrong with an expression whose syntax is right. DynamoDB reports one problem: that of the lowest rank, then the first.</summary>
internal class ExpressionProblems
{
    private (int Rank, string Message)? _first;

    public string? First => _first?.Message;

    public virtual void Report(int rank, string message)
    {
        if (_first is null || rank < _first.Value.Rank)
        {
            _first = (rank, message);
        }
    }

    public void ReportIfAny(int rank, string? message)
    {
        if (message is not null)
        {
            Report(rank, message);
        }
    }
}
