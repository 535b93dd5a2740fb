/** Where partners call the API: the console's own address with `api.` in the place of `console.`. */
export function apiAddress(): string {
  return window.location.origin.replace('//console.', '//api.')
}
