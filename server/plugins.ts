import type { FastifyInstance } from 'fastify'
import { conventionDocuments } from './agreement/conventions/document-routes.ts'
import { reviewReport } from './people-and-rights/reviews/report-route.ts'
import { deedFile } from './people-and-rights/rgc/deed-file-route.ts'
import type { Settings } from './platform/action.ts'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/database.ts'
import { uuidv7 } from './platform/ids.ts'
import { pdfMaker } from './platform/pdf.ts'
import { securityTextRoute } from './platform/security-text.ts'
import { systemClock } from './platform/time.ts'
import { signInRoutes } from './signing-in/identity/sign-in.ts'
import { invitationRoute } from './signing-in/invitations/invitation-route.ts'
import { passwordRoutes } from './signing-in/passwords/sign-in-by-password.ts'
import { progressStream } from './work-with-employers/progress/progress-stream.ts'
import { campaignReport } from './work-with-employers/progress/report-route.ts'

/** The features' own exceptions to `load → may → run` (platform/exceptions.ts names each). */
export const plugins = (
  config: Config,
  database: Database,
  signIn: Database,
  { identity, passwords }: Settings,
): readonly ((server: FastifyInstance) => void | Promise<void>)[] => {
  const secure = config.publicUrl.startsWith('https:')
  const makePdf = pdfMaker()
  const download = { database, makePdf, originKey: config.originKey, secure, clock: systemClock, newId: uuidv7 }
  return [
    securityTextRoute({ contact: config.securityContact, publicUrl: config.publicUrl, clock: systemClock }),
    signInRoutes({ identity, database, signIn, originKey: config.originKey, clock: systemClock, newId: uuidv7 }),
    invitationRoute({ signIn, identity }),
    passwordRoutes({
      signIn,
      identity,
      passwords,
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
