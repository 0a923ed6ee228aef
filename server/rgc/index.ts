import type { Action } from '../platform/action.ts'
import { abandonDeed } from './abandon-deed.ts'
import { decideDeed } from './decide-deed.ts'
import { declareRgcEvent } from './declare-event.ts'
import { getRgc } from './get-rgc.ts'
import { listDeeds } from './list-deeds.ts'
import { makeRevocation } from './make-revocation.ts'
import { proposeDeed } from './propose-deed.ts'
import { recordCertificate } from './record-certificate.ts'
import { requireRevocation } from './require-revocation.ts'
import { signDeed } from './sign-deed.ts'

export const rgc: readonly Action[] = [getRgc, proposeDeed, signDeed, abandonDeed, declareRgcEvent, makeRevocation, listDeeds, decideDeed, recordCertificate, requireRevocation]
