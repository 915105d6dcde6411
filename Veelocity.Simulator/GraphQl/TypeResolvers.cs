using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Utilities;

namespace Veelocity.Simulator.GraphQl;

/// <summary>Says where the fields of one schema type come from, given the object of the world behind it.</summary>
internal sealed class TypeResolvers<T>(TypeConfig type)
{
    public TypeResolvers<T> Field(string name, Func<T, object?> read) => Set(name, context => read((T)context.Source!));

    public TypeResolvers<T> Field(string name, Func<T, IResolveFieldContext, object?> read) => Set(name, context => read((T)context.Source!, context));

    /// <summary>A connection over a list whose places do not move.</summary>
    public TypeResolvers<T> Connection<TItem>(string name, Func<T, IReadOnlyList<TItem>> all) => Set(name, context => Page.Of(all((T)context.Source!), context));

    private TypeResolvers<T> Set(string name, Func<IResolveFieldContext, object?> read)
    {
        type.FieldFor(name).Resolver = new FuncFieldResolver<object?>(read);
        return this;
    }
}
