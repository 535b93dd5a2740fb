/** How far a chart's axis reaches: the next of 1, 2, 5, 10, 20, 50 ... */
export function niceTop(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map(step => step * power).find(step => step >= value - 1e-9)!
}
