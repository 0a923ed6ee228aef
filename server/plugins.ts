import type { FastifyInstance } from 'fastify'
import { actions } from './actions.ts'
import { conventionDocuments } from './agreement/conventions/document-routes.ts'
import { unsubscribeAddresses } from './notifications/unsubscribe-addresses.ts'
import { unsubscribeRoute } from './notifications/unsubscribe-route.ts'
import { figuresExport } from './oversight/indicators/export-figures.ts'
import { indicatorRowsExport } from './oversight/indicators/export-rows.ts'
import { purgesExport } from './oversight/retention/export-purges.ts'
import { reviewReport } from './people-and-rights/reviews/report-route.ts'
import { deedFile } from './people-and-rights/rgc/deed-file-route.ts'
import { uploadRoutes } from './people-and-rights/uploads/upload-routes.ts'
import type { Settings } from './platform/action.ts'
import { clamd } from './platform/antivirus.ts'
import type { Config } from './platform/config.ts'
import type { Database } from './platform/database.ts'
import { uuidv7 } from './platform/ids.ts'
import { say } from './platform/log.ts'
import { pdfMaker } from './platform/pdf.ts'
import { securityTextRoute } from './platform/security-text.ts'
import type { Recorders } from './recorders.ts'
import { signInRoutes } from './signing-in/identity/sign-in.ts'
import { invitationRoute } from './signing-in/invitations/invitation-route.ts'
import { passwordRoutes } from './signing-in/passwords/sign-in-by-password.ts'
import { searchExport } from './territory-and-register/establishments/export-search.ts'
import { calendarRoute } from './work-with-employers/calendar/calendar-route.ts'
import { notedColumns } from './work-with-employers/do-not-contact/noted-columns.ts'
import { exchangesExport } from './work-with-employers/exchanges/export-exchanges.ts'
import { needsExport } from './work-with-employers/needs/export-needs.ts'
import { nextActionsExport } from './work-with-employers/portfolio/export-next-actions.ts'
import { portfolioExport } from './work-with-employers/portfolio/export-portfolio.ts'
import { progressStream } from './work-with-employers/progress/progress-stream.ts'
import { campaignReport } from './work-with-employers/progress/report-route.ts'
import { visitSheets } from './work-with-employers/rounds/sheets-route.ts'
import { satisfactionRoutes } from './work-with-employers/satisfaction/answer-routes.ts'
import { targetsExport } from './work-with-employers/targets/export-targets.ts'

/** The features' own exceptions to `load → may → run` (platform/exceptions.ts names each). */
export const plugins = (
  config: Config,
  database: Database,
  signIn: Database,
  settings: Settings,
  { onRevealed }: Pick<Recorders['listeners'], 'onRevealed'>,
): readonly ((server: FastifyInstance) => void | Promise<void>)[] => {
  const { clock, identity, passwords } = settings
  const secure = config.publicUrl.startsWith('https:')
  const makePdf = pdfMaker()
  const download = { database, makePdf, originKey: config.originKey, secure, clock, newId: uuidv7 }
  return [
    securityTextRoute({ contact: config.securityContact, publicUrl: config.publicUrl, clock }),
    signInRoutes({ identity, database, signIn, originKey: config.originKey, clock, newId: uuidv7 }),
    invitationRoute({ signIn, identity }),
    passwordRoutes({
      signIn,
      identity,
      passwords,
      originKey: config.originKey,
      clock,
      newId: uuidv7,
    }),
    progressStream({
      database,
      listenUrl: config.listenUrl,
      secure,
      clock,
      onTrouble: message => say('warn', message),
    }),
    campaignReport(download),
    reviewReport(download),
    conventionDocuments({ ...download, publicUrl: config.publicUrl }),
    deedFile(download),
    uploadRoutes({
      ...download,
      antivirus: config.clamdAddress === undefined ? undefined : clamd(config.clamdAddress),
    }),
    visitSheets({ ...download, onRevealed }),
    unsubscribeRoute({ database, unsubscribes: unsubscribeAddresses(config.keys, config.publicUrl) }),
    satisfactionRoutes({ database, publicUrl: config.publicUrl }),
    calendarRoute({ database, calendars: settings.calendars, publicUrl: config.publicUrl, clock }),
    ...[
      targetsExport,
      portfolioExport,
      nextActionsExport,
      exchangesExport,
      needsExport,
      searchExport,
      indicatorRowsExport,
      figuresExport,
      purgesExport,
    ].map(served => served({ ...download, actions, settings, onRevealed, noted: notedColumns })),
  ]
}
