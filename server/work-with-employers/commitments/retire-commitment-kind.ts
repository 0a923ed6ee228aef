import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { mayKeepKinds } from './commitments.policy.ts'
import { checkInUse, checkKindVersion, keptKind, loadKind } from './keeping-kinds.ts'

export const retireCommitmentKind = action(contract.retireCommitmentKind, {
  load: ({ params }, context) => loadKind(params.kindId, context),
  may: viewer => mayKeepKinds(viewer),
  run: async (kind, { ifMatch }, context) => {
    checkKindVersion(kind, ifMatch)
    checkInUse(kind)
    return keptKind(kind, { action: 'commitment.kind-retired', retiredAt: context.now }, context)
  },
})
