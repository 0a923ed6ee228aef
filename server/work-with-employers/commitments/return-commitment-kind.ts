import * as contract from '../../../contract/work-with-employers/commitments.ts'
import { action } from '../../platform/action.ts'
import { Refused } from '../../platform/errors.ts'
import { mayKeepKinds } from './commitments.policy.ts'
import { checkKindVersion, keptKind, loadKind } from './keeping-kinds.ts'

export const returnCommitmentKind = action(contract.returnCommitmentKind, {
  load: ({ params }, context) => loadKind(params.kindId, context),
  may: viewer => mayKeepKinds(viewer),
  run: async (kind, { ifMatch }, context) => {
    checkKindVersion(kind, ifMatch)
    if (!kind.retiredAt) throw new Refused('commitment/kind-in-use')
    return keptKind(kind, { action: 'commitment.kind-returned', retiredAt: null }, context)
  },
})
