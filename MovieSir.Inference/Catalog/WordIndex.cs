using System.Runtime.InteropServices;

namespace MovieSir.Inference.Catalog;

/// <summary>What of a movie can be found by words.</summary>
internal readonly record struct MovieWords(string?[] Titles, string?[] Texts, string? Keywords, string?[] Genres);

/// <summary>
/// Finds movies by the words of their titles, overviews, keywords and genres: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework:
/// BM25 and Beyond", 2009), in which a word of a title or a keyword counts as several of an overview.
/// </summary>
internal sealed class WordIndex
{
    private const float Saturation = 1.2f;
    private const float LengthShare = 0.5f;
    private const float TitleWeight = 2f;
    private const float KeywordWeight = 2f;

    private readonly Dictionary<string, int> _numbers;
    private readonly int[] _starts;
    private readonly int[] _rows;
    private readonly float[] _weights;

    private WordIndex(Dictionary<string, int> numbers, int[] starts, int[] rows, float[] weights) =>
        (_numbers, _starts, _rows, _weights) = (numbers, starts, rows, weights);

    /// <summary>Adds to a column what the words of a query say of each movie.</summary>
    /// <param name="words">As of <see cref="SearchWords"/>.</param>
    /// <param name="share">What they count.</param>
    /// <param name="scores">One a movie.</param>
    public void AddTo(Span<float> scores, IEnumerable<string> words, float share)
    {
        foreach (var word in words)
        {
            if (!_numbers.TryGetValue(word, out var number))
            {
                continue;
            }

            for (var i = _starts[number]; i < _starts[number + 1]; i++)
            {
                scores[_rows[i]] += share * _weights[i];
            }
        }
    }

    /// <summary>Collects the words of all movies, row by row, then makes the index.</summary>
    internal sealed class Builder
    {
        private readonly Dictionary<string, int> _numbers = [];
        private readonly List<int> _movies = [];
        private readonly List<(int Number, float Count)> _postings = [];
        private readonly List<float> _lengths = [];
        private readonly List<int> _ends = [];
        private float[] _counts = [];
        private readonly List<int> _found = [];

        public void Add(in MovieWords movie)
        {
            var length = 0f;
            Add(movie.Titles.Distinct(), TitleWeight, ref length);
            Add(movie.Texts, 1f, ref length);
            Add([movie.Keywords], KeywordWeight, ref length);
            Add(movie.Genres, 1f, ref length);
            foreach (var number in _found)
            {
                _postings.Add((number, _counts[number]));
                _movies[number]++;
                _counts[number] = 0f;
            }

            _found.Clear();
            _lengths.Add(length);
            _ends.Add(_postings.Count);
        }

        public WordIndex Build()
        {
            var starts = new int[_movies.Count + 1];
            for (var number = 0; number < _movies.Count; number++)
            {
                starts[number + 1] = starts[number] + _movies[number];
            }

            var (rows, weights, next) = (new int[_postings.Count], new float[_postings.Count], starts[..^1]);
            var mean = _lengths.Count == 0 ? 1f : Math.Max(1f, _lengths.Average());
            var postings = CollectionsMarshal.AsSpan(_postings);
            for (var (row, i) = (0, 0); row < _ends.Count; row++)
            {
                var damping = Saturation * (1f - LengthShare + (LengthShare * _lengths[row] / mean));
                for (; i < _ends[row]; i++)
                {
                    var (number, count) = postings[i];
                    var rarity = MathF.Log(1f + ((_ends.Count - _movies[number] + 0.5f) / (_movies[number] + 0.5f)));
                    rows[next[number]] = row;
                    weights[next[number]++] = rarity * count * (Saturation + 1f) / (count + damping);
                }
            }

            return new WordIndex(_numbers, starts, rows, weights);
        }

        private void Add(IEnumerable<string?> texts, float weight, ref float length)
        {
            var numbers = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
            var words = 0;
            foreach (var text in texts)
            {
                SearchWords.Visit(text, word =>
                {
                    ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, word, out var exists);
                    if (!exists)
                    {
                        number = _movies.Count;
                        _movies.Add(0);
                        if (_counts.Length <= number)
                        {
                            Array.Resize(ref _counts, Math.Max(1024, 2 * _counts.Length));
                        }
                    }

                    if (_counts[number] == 0f)
                    {
                        _found.Add(number);
                    }

                    _counts[number] += weight;
                    words++;
                });
            }

            length += weight * words;
        }
    }
}
