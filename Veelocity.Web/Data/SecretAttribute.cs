namespace Veelocity.Web.Data;

/// <summary>A column that opens something, encrypted or hashed as it is: it goes into no export.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
