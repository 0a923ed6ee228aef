import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { mayKeepKinds } from './commitments.policy.ts'
import { checkInUse, checkKindVersion, keptKind, loadKind } from './keeping-kinds.ts'

export const changeCommitmentKind = action(contract.changeCommitmentKind, {
  load: ({ params }, context) => loadKind(params.kindId, context),
  may: viewer => mayKeepKinds(viewer),
  run: async (kind, { body: { family, label }, ifMatch }, context) => {
    checkKindVersion(kind, ifMatch)
    checkInUse(kind)
    return keptKind(kind, { action: 'commitment.kind-changed', family, label: label.trim() }, context)
  },
})
