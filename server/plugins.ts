import type { FastifyInstance } from 'fastify'
import { conventionDocuments } from './conventions/document-routes.ts'
import { setIdentity } from './identity/settings.ts'
import { signInRoutes } from './identity/sign-in.ts'
import { invitationRoute } from './invitations/invitation-route.ts'
import { setPasswords } from './passwords/hashing.ts'
import { passwordRoutes } from './passwords/sign-in-by-password.ts'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/database.ts'
import { uuidv7 } from './platform/ids.ts'
import { pdfMaker } from './platform/pdf.ts'
import { securityTextRoute } from './platform/security-text.ts'
import { systemClock } from './platform/time.ts'
import { progressStream } from './progress/progress-stream.ts'
import { campaignReport } from './progress/report-route.ts'
import { reviewReport } from './reviews/report-route.ts'
import { deedFile } from './rgc/deed-file-route.ts'
import { setWatch } from './security/settings.ts'

/** The features' own exceptions to `load → may → run` (platform/exceptions.ts names each), and their settings. */
export const plugins = (
  config: Config,
  database: Database,
  signIn: Database,
): readonly ((server: FastifyInstance) => void | Promise<void>)[] => {
  setIdentity(config)
  setWatch({ thresholds: config.watch, byPerson: config.watchByPerson, travel: config.travel })
  const secure = config.publicUrl.startsWith('https:')
  const makePdf = pdfMaker()
  const download = { database, makePdf, originKey: config.originKey, secure, clock: systemClock, newId: uuidv7 }
  return [
    securityTextRoute({ contact: config.securityContact, publicUrl: config.publicUrl, clock: systemClock }),
    signInRoutes({ database, signIn, originKey: config.originKey, clock: systemClock, newId: uuidv7 }),
    invitationRoute({ signIn }),
    passwordRoutes({
      signIn,
      passwords: setPasswords(config.keys),
      originKey: config.originKey,
      clock: systemClock,
      newId: uuidv7,
    }),
    progressStream({
      database,
      listenUrl: config.listenUrl,
      secure,
      clock: systemClock,
      onTrouble: message => console.error(JSON.stringify({ level: 'warning', message })),
    }),
    campaignReport(download),
    reviewReport(download),
    conventionDocuments({ ...download, publicUrl: config.publicUrl }),
    deedFile(download),
  ]
}
