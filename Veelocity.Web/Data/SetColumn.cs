using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Veelocity.Web.Data;

/// <summary>One column of a <see cref="SetTable{TRow}"/>: its name and how a row's value goes into a COPY without boxing.</summary>
internal sealed record SetColumn<TRow>(string Name, Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task> Write)
    where TRow : class
{
    public static SetColumn<TRow> Of(IProperty property)
    {
        var type = property.ClrType;
        var nullable = Nullable.GetUnderlyingType(type);
        var builder = property.GetTypeMapping().Converter is not null ? nameof(Converted)
            : nullable is not null ? nameof(NullableValue)
            : type.IsValueType ? nameof(Value)
            : nameof(Reference);
        var method = typeof(SetColumn<TRow>).GetMethod(builder, BindingFlags.NonPublic | BindingFlags.Static)!;
        var write = (Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task>)method.MakeGenericMethod(nullable ?? type).Invoke(null, [property])!;
        return new SetColumn<TRow>($"\"{property.GetColumnName()}\"", write);
    }

    private static Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task> Value<TValue>(IProperty property)
        where TValue : struct
    {
        var (get, type) = (Getter<TValue>(property), TypeName(property));
        return (import, row, cancellation) => import.WriteAsync(get(row), type, cancellation);
    }

    private static Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task> NullableValue<TValue>(IProperty property)
        where TValue : struct
    {
        var (get, type) = (Getter<TValue?>(property), TypeName(property));
        return (import, row, cancellation) =>
            get(row) is { } value ? import.WriteAsync(value, type, cancellation) : import.WriteNullAsync(cancellation);
    }

    private static Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task> Reference<TValue>(IProperty property)
        where TValue : class
    {
        var (get, type) = (Getter<TValue?>(property), TypeName(property));
        return (import, row, cancellation) =>
            get(row) is { } value ? import.WriteAsync(value, type, cancellation) : import.WriteNullAsync(cancellation);
    }

    // Converters of this model all go to text (words for enums, JSON), which costs no copy.
    private static Func<NpgsqlBinaryImporter, TRow, CancellationToken, Task> Converted<TValue>(IProperty property)
    {
        var type = TypeName(property);
        var get = Getter<object?>(property);
        var convert = property.GetTypeMapping().Converter!.ConvertToProvider;
        return (import, row, cancellation) =>
            get(row) is { } value ? import.WriteAsync((string)convert(value)!, type, cancellation) : import.WriteNullAsync(cancellation);
    }

    private static Func<TRow, TValue> Getter<TValue>(IProperty property)
    {
        var row = Expression.Parameter(typeof(TRow));
        var value = Expression.Convert(Expression.Property(row, property.PropertyInfo!), typeof(TValue));
        return Expression.Lambda<Func<TRow, TValue>>(value, row).Compile();
    }

    private static string TypeName(IProperty property) => property.GetColumnType().Split('(')[0];
}
