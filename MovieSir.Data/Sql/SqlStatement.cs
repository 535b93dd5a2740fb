namespace MovieSir.Data.Sql;

/// <summary>
/// An SQL statement of a <c>…Store</c> class, kept in a static field. A test finds every such field and prepares the statement against the migrated
/// schema, with these parameter types.
/// </summary>
public sealed class SqlStatement
{
    /// <param name="text">The statement. Its parameters are <c>$1</c>, <c>$2</c>, and so on.</param>
    /// <param name="parameterTypes">PostgreSQL's type of each parameter in order, for example <c>integer</c>, <c>text[]</c> or <c>vector</c>.</param>
    public SqlStatement(string text, params string[] parameterTypes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        ArgumentNullException.ThrowIfNull(parameterTypes);
        Text = text;
        ParameterTypes = parameterTypes;
    }

    /// <summary>The statement as it is sent.</summary>
    public string Text { get; }

    /// <summary>PostgreSQL's type of each parameter.</summary>
    public IReadOnlyList<string> ParameterTypes { get; }

    /// <summary>Statements that run before this one in the same session: those that create the temporary tables it names.</summary>
    public IReadOnlyList<SqlStatement> Requires { get; init; } = [];
}
