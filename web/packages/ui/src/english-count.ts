const plural = new Intl.PluralRules('en')

/** "1 movie", "2 movies". */
export function englishCount(number: number, one: string, many: string): string {
  return `${number} ${plural.select(number) === 'one' ? one : many}`
}
