import type { Grant } from './words.ts'

export type Open =
  | { act: 'edit' | 'grant' | 'suspend' | 'resume' | 'lift' | 'depart' }
  | { act: 'change' | 'end'; grant: Grant }
  | null
