import { setLink } from '@codegouvfr/react-dsfr/link'
import { start } from '@codegouvfr/react-dsfr/start'
import { Link } from './link.tsx'

/**
 * `doCheckNonce` without any nonce: react-dsfr then leaves out its only style element, which our Content-Security-Policy refuses.
 * What it would have said (color-scheme) is in scheme.js and in our style sheet.
 */
export const startDesignSystem = () => {
  setLink({ Link })
  void start({ defaultColorScheme: 'system', verbose: false, nextParams: undefined, doCheckNonce: true, trustedTypesPolicyName: 'react-dsfr' })
}
export { useIsDark as useColourScheme } from '@codegouvfr/react-dsfr/useIsDark'
