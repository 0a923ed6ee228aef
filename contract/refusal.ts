export interface Refusal {
  readonly status: number
  readonly title: string
  /** The sentence that a person reads. */
  readonly detail: string
}
export type Refusals = Readonly<Record<string, Refusal>>

export const refusal = (status: number, title: string, detail: string): Refusal => ({ status, title, detail })
