namespace Veelocity.Web.Connectors.Http;

/// <summary>The provider gave up on a question because it asks for too much at once; a smaller one may be answered.</summary>
internal sealed class TooHeavyException(string message, Exception? inner = null) : Exception(message, inner);
