namespace MovieSir.Inference.Engine.Ranking;

/// <summary>
/// A place among the candidates of one call. Signals, sums and scores are aligned with the candidates, so a position is their index; the movie that
/// stands there is another number (<see cref="Catalog.Row"/>).
/// </summary>
internal readonly record struct Position(int Index);
