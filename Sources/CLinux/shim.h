#pragma once

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/memfd.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// Functions that the C library shows only to programs that ask for all of its extensions.

extern int memfd_create(const char *name, unsigned int flags);
extern int pipe2(int ends[2], int flags);
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);
extern const char *sigabbrev_np(int signal);
extern void sincos(double angle, double *sine, double *cosine);

// Swift calls no variadic functions. All of these return -1 and set errno where the kernel refuses.

static inline int linux_forbid_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

static inline int linux_landlock_version(void) {
  return (int)syscall(__NR_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static inline int linux_landlock_ruleset(uint64_t handled) {
  struct landlock_ruleset_attr ruleset = {.handled_access_fs = handled};
  return (int)syscall(__NR_landlock_create_ruleset, &ruleset, sizeof ruleset, 0);
}

static inline int linux_landlock_allow(int ruleset, int file, uint64_t access) {
  struct landlock_path_beneath_attr rule = {.allowed_access = access, .parent_fd = file};
  return (int)syscall(__NR_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

static inline int linux_landlock_restrict(int ruleset) {
  return (int)syscall(__NR_landlock_restrict_self, ruleset, 0);
}

// Filters the system calls of all threads of the process.
static inline int linux_filter_system_calls(struct sock_filter *steps, unsigned short count) {
  struct sock_fprog program = {.len = count, .filter = steps};
  return syscall(__NR_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0 ? 0 : -1;
}

// The architecture as filters see it; 0 for one whose calls were never looked at.
static inline uint32_t linux_audited_architecture(void) {
#if defined(__x86_64__)
  return AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
  return AUDIT_ARCH_AARCH64;
#else
  return 0;
#endif
}
