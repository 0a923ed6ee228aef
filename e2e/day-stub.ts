import type { Static } from 'typebox'
import type { Reply } from '../contract/route.ts'
import type { NextAction } from '../contract/work-with-employers/exchanges.ts'
import type { listPortfolio, PortfolioLine } from '../contract/work-with-employers/portfolio.ts'
import { line } from './stub-campaigns.ts'

type Line = Static<typeof PortfolioLine>
type Day = Reply<typeof listPortfolio>

/** A line of the day's work, made of the action planned there. */
export const dayLine = (action: Static<typeof NextAction>, over: Partial<Line> = {}): Line => ({
  campaign: action.campaign,
  establishment: { ...line(0), siret: action.siret, name: action.establishmentName },
  status: 'en-cours',
  takenAt: '2026-11-01T08:00:00Z',
  new: false,
  lastContact: null,
  nextAction: action,
  said: null,
  phone: null,
  correspondent: null,
  position: null,
  allowed: ['record', 'release'],
  ...over,
})

const none = { all: 0, planned: 0, late: 0, today: 0, week: 0, new: 0 }
export const day = (items: readonly Line[], counts: Partial<Day['counts']> = {}): Day => ({
  items: [...items],
  next: null,
  total: items.length,
  counts: { ...none, all: items.length, planned: items.filter(({ nextAction }) => nextAction).length, ...counts },
  campaigns: [],
})
