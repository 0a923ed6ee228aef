import { EnterDeed } from './enter-deed.page.tsx'

export default function EnterRegionalDeedPage() {
  return <EnterDeed regional />
}
