import { createContext, type ReactNode, type RefObject } from 'react'
import type { DraftService } from '../../platform/draft-keeper.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import type { FormValues } from './form-values.ts'

export interface DraftHandle {
  kept: () => boolean
  drop: () => void
}
export const noDraft: DraftHandle = { kept: () => false, drop: () => undefined }
/** A form that keeps what is typed: its name, what it is about, and the version of what it changes. */
export interface DraftedForm {
  readonly name: string
  /** An identifier; absent: the form makes something new. */
  readonly about?: string | number | undefined
  readonly version?: number | undefined
  /** Answers that stand in no field of the form, and how the page takes them back. */
  readonly more?: FormValues
  readonly onMore?: (more: FormValues) => void
  /** Filled by the form: whether the last word typed is on the server, and how to give the draft up. */
  readonly handle?: RefObject<DraftHandle>
}
/**
 * Why a form keeps no draft: its answers are secret, and it is never sent again by itself; nothing is typed in it; its
 * page keeps it, and sends it again.
 */
export type Undrafted = 'secret' | 'choices' | 'own'

/** Where a form stands, told with its draft. */
export interface FormPlace {
  readonly title: string
  readonly path: string
  readonly version: number | null
}
/** Who keeps the drafts of forms: given by the frame of the pages, since the kit fetches nothing. */
export const FormDrafts = createContext<
  ((kind: string, subject: string, place: () => FormPlace, sendKey: () => string) => DraftService) | null
>(null)
/** Told by a form to its dialog: one may close it and find the draft again, or drop it. */
export const DialogDraftContext = createContext<
  (draft: { kept: () => boolean; onDrop: () => void } | undefined) => void
>(() => undefined)

/** What was sent, and whether its words changed since. */
export interface Sending {
  readonly values: Record<string, string>
  readonly run: (values: Record<string, string>, attempt: { readonly idempotencyKey: string }) => unknown
  readonly reworded?: true
}
/** What a form asks of the part that keeps it, once it is there. */
export interface Keeping {
  typedIn: () => void
  before: () => Promise<void>
  failed: () => void
  sent: () => void
  explain: (problem: ApiProblem, lost: Sending | null) => ReactNode | undefined
}
