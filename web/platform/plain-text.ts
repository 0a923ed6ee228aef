/** Without accents nor capitals: what one types is found in what is written. */
export const plainText = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
