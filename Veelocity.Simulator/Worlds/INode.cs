using System.Buffers.Binary;
using System.Buffers.Text;

namespace Veelocity.Simulator.Worlds;

/// <summary>Anything that has a global node id and can be asked for with GraphQL's <c>node(id)</c>.</summary>
public interface INode
{
    /// <summary>The opaque global id, the same in REST (<c>node_id</c>) and GraphQL (<c>id</c>).</summary>
    string NodeId { get; }
}

/// <summary>Makes opaque node ids from a kind and a number, in the manner of GitHub's.</summary>
public static class NodeIds
{
    /// <summary>The node id of the thing of this kind with this number.</summary>
    public static string Of(string kind, long id)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, id);
        return $"{kind}_kwDO{Base64Url.EncodeToString(bytes)}";
    }
}
