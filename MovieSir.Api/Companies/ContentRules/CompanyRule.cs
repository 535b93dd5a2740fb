using MovieSir.Data.Partners;

namespace MovieSir.Api.Companies.ContentRules;

/// <summary>One content rule of a company.</summary>
internal sealed record CompanyRule(ContentRuleKind Kind, string Value);
