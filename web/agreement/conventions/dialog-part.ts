import { uploadOf } from './queries.ts'
import type { Convention } from './words.ts'

/** What each dialog of a convention is given. */
export type ConventionDialog = { convention: Convention; onClose: () => void }
export const day = (value: string | undefined) => value || null
export const upload = async (file: File | null) => (file ? uploadOf(file) : null)
