import type { Verdict } from '../../platform/action.ts'
import { holds, type Viewer } from '../../platform/viewer.ts'

/** Whoever records somewhere, of any structure. The SQL twin is need_intakes.read. */
export const mayReadIntake = (viewer: Viewer): Verdict => holds(viewer, 'campagnes', 'conseiller') || 'access/no-grant'

/** Who leads in that structure. The SQL twins are need_intakes.say and need_intakes.say_again. */
export const maySayIntake = (viewer: Viewer, intake: { readonly organisationId: string }): Verdict =>
  (intake.organisationId === viewer.organisationId && holds(viewer, 'campagnes', 'responsable')) || 'access/no-grant'
