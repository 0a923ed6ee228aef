import type { Campaign } from '../campaigns/campaign-lifecycle.ts'
import type { Progress } from './progress-reply.ts'

/** What report.typ prints: French sentences and figures written out, nothing left to decide there. */
export interface Report {
  readonly title: string
  readonly author: string
  readonly above: string
  readonly lead: string
  readonly footer: string
  readonly facts: readonly Term[]
  readonly sections: readonly Section[]
}

export type Term = readonly [term: string, said: string]
export type Cell = string | { readonly bar: number; readonly text: string }
export interface Table {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

export interface Coverage {
  readonly alt: string
  /** Along the period and up to the top of the axis, both from 0 to 1. */
  readonly points: readonly (readonly [number, number])[]
  readonly ticks: readonly { readonly y: number; readonly label: string }[]
  readonly goal: { readonly y: number; readonly label: string } | null
  readonly start: string
  readonly end: string
  readonly last: string
}

export interface Section {
  readonly title: string
  readonly text: readonly string[]
  readonly coverage: Coverage | null
  readonly tables: readonly Table[]
  readonly terms: readonly Term[]
}

/** One of the figures of annex 4 for this campaign, with the version of the definition that counted it. */
export interface AnnexFigure {
  readonly title: string
  readonly value: number
  readonly version: number
  readonly since: string
  readonly text: string
}

export interface ReportSource {
  readonly campaign: Campaign
  readonly progress: Progress
  readonly annex: AnnexFigure
  readonly asker: { readonly name: string; readonly organisation: string }
  readonly now: Date
  readonly today: string
}
