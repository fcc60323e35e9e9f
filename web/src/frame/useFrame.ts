/** What the frame itself opens. */
import { ref } from 'vue'

export type FrameDialog = 'search' | 'keys'

const open = ref<FrameDialog | null>(null)
const SLASH = 'agenturclient.slash'
const isSlashOn = ref(localStorage.getItem(SLASH) !== 'off')

export function useFrame() {
  function setSlash(isOn: boolean) {
    isSlashOn.value = isOn
    localStorage.setItem(SLASH, isOn ? 'on' : 'off')
  }
  return { open, isSlashOn, setSlash }
}
