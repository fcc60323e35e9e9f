import { onScopeDispose } from 'vue'
import { addLayer, type KeyBinding } from './registry'

/** The keys of a component, as long as it lives. */
export function useKeys(bindings: readonly KeyBinding[], { isModal = false } = {}): void {
  onScopeDispose(addLayer({ bindings, isModal }))
}
