namespace Veelocity.Web.Connectors.Http;

/// <summary>The provider did not answer a question, or not all of it: a smaller one, or the same a moment later, may be answered.</summary>
internal sealed class TooHeavyException(string message, Exception? inner = null) : Exception(message, inner);
