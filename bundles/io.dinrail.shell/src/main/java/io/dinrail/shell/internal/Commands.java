package io.dinrail.shell.internal;

import java.util.List;
import java.util.function.Supplier;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.SessionFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Hands every command to the shell, and takes it back when the bundle stops. */
@Component(
        service = {},
        immediate = true)
public final class Commands {
    private static final List<Supplier<PlatformCommand>> ALL = List.of(
            StatusCommand::new,
            DeviceListCommand::new,
            DeviceShowCommand::new,
            DeviceAddCommand::new,
            DeviceChangeCommand::new,
            DeviceImportCommand::new,
            DeviceRemoveCommand::new,
            CredentialListCommand::new,
            CredentialShowCommand::new,
            CredentialIssueCommand::new,
            CredentialChangeCommand::new,
            CredentialDisableCommand::new,
            CredentialEnableCommand::new,
            CredentialImportCommand::new,
            CredentialRevokeCommand::new,
            CredentialRotateCommand::new,
            EnrolmentListCommand::new,
            EnrolmentCancelCommand::new,
            EnrolmentOpenCommand::new,
            AclListCommand::new,
            AclExplainCommand::new,
            AclExportCommand::new,
            AclImportCommand::new,
            AclRemoveCommand::new,
            AclValidateCommand::new,
            OrganisationListCommand::new,
            OrganisationAddCommand::new,
            OrganisationChangeCommand::new,
            OrganisationDisableCommand::new,
            OrganisationEnableCommand::new,
            PersonListCommand::new,
            PersonAddCommand::new,
            PersonDisableCommand::new,
            PersonEnableCommand::new,
            PersonKeyCommand::new,
            PersonPasswordCommand::new,
            PersonRemoveCommand::new,
            PersonRoleCommand::new,
            KeyListCommand::new,
            KeyCreateCommand::new,
            KeyDeleteCommand::new,
            KeyDisableCommand::new,
            KeyEnableCommand::new,
            KeyRotateCommand::new,
            TokenListCommand::new,
            TokenCreateCommand::new,
            TokenMintCommand::new,
            TokenRevokeCommand::new,
            CertificateListCommand::new,
            CertificateIssueCommand::new,
            CertificateRevokeCommand::new,
            CaListCommand::new,
            CaCrlCommand::new,
            CaDistrustCommand::new,
            CaTrustCommand::new,
            SessionListCommand::new,
            SessionShowCommand::new,
            SessionKickCommand::new,
            TopicListCommand::new,
            AuditListCommand::new,
            AuditExportCommand::new,
            AuditVerifyCommand::new,
            MasterKeyRotateCommand::new,
            BackupCreateCommand::new,
            ConnectorListCommand::new,
            ConnectorShowCommand::new,
            ConnectorStartCommand::new,
            ConnectorStopCommand::new,
            ConnectorBrowseCommand::new,
            ConnectorTrustCommand::new,
            TagListCommand::new,
            TagReadCommand::new,
            TagWatchCommand::new,
            TagWriteCommand::new,
            TagImportCommand::new,
            TagExportCommand::new,
            RuleListCommand::new,
            RuleShowCommand::new,
            RuleAddCommand::new,
            RuleRemoveCommand::new,
            AlertListCommand::new,
            AlertAckCommand::new,
            CommandSendCommand::new,
            CommandListCommand::new,
            CommandShowCommand::new);

    private final Registry registry;
    private final List<ShellCommand> commands;

    @Activate
    public Commands(@Reference SessionFactory sessions, BundleContext context) {
        registry = sessions.getRegistry();
        Services services = new Services(context);
        commands = ALL.stream().map(maker -> new ShellCommand(maker, services)).toList();
        commands.forEach(registry::register);
    }

    /** What each command says of itself. */
    static List<Form> forms() {
        return ALL.stream().map(maker -> Form.of(maker.get().getClass())).toList();
    }

    @Deactivate
    void withdraw() {
        commands.forEach(registry::unregister);
    }
}
