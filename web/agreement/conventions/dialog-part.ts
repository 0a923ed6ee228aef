import type { Convention } from './words.ts'

/** What each dialog of a convention is given. */
export type ConventionDialog = { convention: Convention; onClose: () => void }
export const day = (value: string | undefined) => value || null
