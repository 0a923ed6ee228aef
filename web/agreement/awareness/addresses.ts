const address = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu

/** The addresses that a text holds, whatever stands between them: a column, a table, « Nom <adresse> ». Each once. */
export const addressesIn = (text: string): string[] => [
  ...new Set([...text.matchAll(address)].map(([found]) => found.toLowerCase())),
]
