/**
 * Set when the address changes by a navigation, taken by the page that opens: its title then receives the focus. Not at
 * the first load.
 */
let arriving = false
export const arrive = () => {
  arriving = true
}
export const takeArrival = () => {
  const was = arriving
  arriving = false
  return was
}
