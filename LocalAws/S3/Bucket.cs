using System.Collections.Immutable;

namespace LocalAws.S3;

/// <summary>One bucket: its objects in the order of their keys. Safe for use by many threads.</summary>
internal sealed class Bucket(string name, DateTimeOffset createdAt)
{
    private ImmutableSortedDictionary<string, S3Object> _objects = ImmutableSortedDictionary.Create<string, S3Object>(StringComparer.Ordinal);

    public string Name => name;

    public DateTimeOffset CreatedAt => createdAt;

    /// <summary>The objects as they are now; later changes do not show.</summary>
    public ImmutableSortedDictionary<string, S3Object> Objects => Volatile.Read(ref _objects);

    public void Put(S3Object written) => ImmutableInterlocked.Update(ref _objects, (objects, added) => objects.SetItem(added.Key, added), written);

    public void Delete(string key) => ImmutableInterlocked.Update(ref _objects, (objects, gone) => objects.Remove(gone), key);
}
