import type { Static } from 'typebox'
import type { NeedIntake } from '../../../contract/work-with-employers/needs.ts'
import { opens, type Viewer } from '../../platform/viewer.ts'
import { maySayIntake } from './intakes.policy.ts'
import type { IntakeRow } from './intakes.queries.ts'

/** What the viewer's structure says it takes, as the contract shows it. */
export const intakeReply = (viewer: Viewer, row: IntakeRow | undefined): Static<typeof NeedIntake> => ({
  said: row ? { kinds: row.kinds, advice: row.advice, jobs: row.jobs, publics: row.publics } : null,
  version: row?.version ?? 0,
  allowed: opens(viewer, 'besoins') && maySayIntake(viewer, viewer) === true ? ['say'] : [],
})
