import { setLink } from '@codegouvfr/react-dsfr/link'
import { start } from '@codegouvfr/react-dsfr/start'
import { Link } from './link.tsx'

/**
 * `doCheckNonce` without any nonce: react-dsfr then leaves out its only style element, which our
 * Content-Security-Policy refuses.
 * Its declaration (color-scheme) is in scheme.js and in our style sheet.
 */
export const startDesignSystem = () => {
  setLink({ Link })
  // The folded menus can wait for the first page; the first page cannot wait for 100 kB of script that only serves
  // them.
  const soon = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200))
  soon(
    () =>
      void start({
        defaultColorScheme: 'system',
        verbose: false,
        nextParams: undefined,
        doCheckNonce: true,
        trustedTypesPolicyName: 'react-dsfr',
      }),
    { timeout: 1500 },
  )
}
